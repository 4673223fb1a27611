//! The allocator of the process. It wipes all freed memory of the heap.
//!
//! Values are wiped when they are dropped. The parsers of TOML and YAML and growing string buffers leave
//! copies, which cannot be wiped one by one.

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);
