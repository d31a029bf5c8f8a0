//! The program `guanxi`.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
