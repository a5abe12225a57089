//! What the kernel says about processes. Postgres is a family of processes, each in a process group
//! of its own, so a signal to "the server" must be sent to every member.

use std::fs;

struct Process {
    state: char,
    parent: u32,
}

/// The processes whose parent is `parent`.
pub(super) fn children_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("pausing and crashing servers needs Linux' /proc");
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|&id| process(id).is_some_and(|process| process.parent == parent))
        .collect()
}

/// Whether the process does nothing until it is resumed, dead ones included.
pub(super) fn is_stopped(id: u32) -> bool {
    process(id).is_none_or(|process| matches!(process.state, 'T' | 'Z' | 'X'))
}

/// Whether the process has ended, even if nobody has collected its exit status yet.
pub(super) fn is_dead(id: u32) -> bool {
    process(id).is_none_or(|process| matches!(process.state, 'Z' | 'X'))
}

fn process(id: u32) -> Option<Process> {
    parse_stat(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
}

/// The line reads "ID (NAME) STATE PARENT …", and the name may hold blanks and brackets itself.
fn parse_stat(line: &str) -> Option<Process> {
    let (_, after_name) = line.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace();
    Some(Process { state: fields.next()?.chars().next()?, parent: fields.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use std::process;

    use super::*;

    #[test]
    fn finds_a_child() {
        let mut child = process::Command::new("sleep").arg("60").spawn().expect("sleep should run");

        let children = children_of(process::id());

        child.kill().expect("the child should still run");
        child.wait().expect("the child should end");
        assert!(children.contains(&child.id()));
    }

    #[test]
    fn reads_past_a_name_made_of_brackets_and_blanks() {
        let process = parse_stat("12 (a) b (c) T 7 12 12 0 -1").expect("the line is well formed");

        assert_eq!((process.state, process.parent), ('T', 7));
    }
}
