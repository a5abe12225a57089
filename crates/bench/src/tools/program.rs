use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What a program printed on both outputs, which has to succeed.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| {
        format!("{command:?} can't be run: `make bench` installs what is missing")
    })?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed with {}: {text}", output.status);
    Ok(text)
}

/// The first line that a program prints, such as its version, however it ends.
pub fn first_line(program: &str, argument: &str) -> String {
    let Ok(output) = Command::new(program).arg(argument).output() else {
        return format!("{program} is missing");
    };
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&text).lines().next().unwrap_or(program).trim().to_owned()
}
