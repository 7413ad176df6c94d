//! How a command ends: done is 0, failed is 1, wrong usage or configuration is 2.

use std::process::ExitCode;

use crate::config::Problem;
use crate::console::note;

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It tried and failed.
    Failed(anyhow::Error),
    /// It did not try: these are wrong in the configuration.
    Configuration(Vec<Problem>),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<Misconfigured>() {
            Ok(Misconfigured(problem)) => Self::Configuration(vec![problem]),
            Err(error) => Self::Failed(error),
        }
    }
}

/// A fault of the configuration that only shows when it is used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misconfigured(pub(crate) Problem);

impl Failure {
    /// Tells the user and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Failed(error) => {
                note(format!("banter: {}", in_one_line(error)));
                ExitCode::from(1)
            }
            Self::Configuration(problems) => {
                for problem in problems {
                    note(format!("banter: {problem}"));
                }
                ExitCode::from(2)
            }
        }
    }
}

/// An error and its causes, without those that the one before has told already.
fn in_one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    let mut last = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if !last.contains(&text) {
            line.push_str(if line.is_empty() { "" } else { ": " });
            line.push_str(&text);
            last = text;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("no such host")
            .context("cannot connect: no such host")
            .context("cannot start");
        assert_eq!(in_one_line(&error), "cannot start: cannot connect: no such host");
    }
}
