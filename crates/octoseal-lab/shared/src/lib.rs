//! Common parts of the benches: contestants as processes, their CPU time, and a description of the machine.

pub mod child;
pub mod cpu;
pub mod machine;
pub mod rounds;
pub mod serve;
pub mod versions;
