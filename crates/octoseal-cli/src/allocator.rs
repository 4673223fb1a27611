//! The allocator of the process: it wipes all memory of the heap that is freed.
//!
//! Values are wiped where they are dropped. The parsers of TOML and YAML and the buffers of strings that grow keep copies, which
//! cannot be wiped one by one.

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);
