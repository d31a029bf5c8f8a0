//! The doors to files, imports and exports.
