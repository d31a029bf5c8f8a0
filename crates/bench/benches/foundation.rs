//! `make bench`: the product beside its floors.

fn main() -> std::process::ExitCode {
    bench::main()
}
