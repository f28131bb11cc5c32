//! Questions on the terminal, each with a default that Enter accepts.

use super::terminal::Terminal;

/// Asks until an answer can be read, or nothing more is typed: then the default counts.
///
/// `read` makes a value of the words typed, or says what is wrong with them. Nobody is asked where nobody answers.
pub(super) fn ask<T>(
    question: &str,
    default: T,
    read: impl Fn(&str) -> Result<T, String>,
    terminal: &mut Terminal<'_>,
) -> T {
    loop {
        let Some(answers) = &mut terminal.answers else { return default };
        // A prompt that cannot be shown, or an answer that cannot be read, is one that was not given.
        let _ = write!(terminal.stdout, "{question} ").and_then(|()| terminal.stdout.flush());
        let mut line = String::new();
        let is_end = !matches!(answers.read_line(&mut line), Ok(length) if length > 0);
        let typed = line.trim();
        if is_end {
            terminal.out("");
        }
        if typed.is_empty() {
            return default;
        }
        match read(typed) {
            Ok(value) => return value,
            Err(told) => terminal.out(&told),
        }
    }
}
