//! What every bench needs: contestants as processes of their own, their CPU time, and where it was measured.

pub mod child;
pub mod cpu;
pub mod machine;
pub mod rounds;
pub mod serve;
pub mod versions;
