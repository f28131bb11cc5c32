//! What is written is read back by another program.
