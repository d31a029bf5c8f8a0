//! Files: bytes kept beside the database, each named by what it holds.
