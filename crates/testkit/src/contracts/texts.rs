/// One-line texts that a careless store mangles: other scripts, quotes, wildcards, backslashes,
/// placeholders and JSON.
pub(super) const AWKWARD_LINES: [&str; 7] = [
    "Łódź, 七人の侍, Брат, مرحبا, 👩‍🚀, ﷽",
    "it's \"quoted\", `so`",
    "Robert'); DROP TABLE movies; --",
    "100% _under_ * ?",
    "C:\\new\\table \\' \\\\",
    "$1 ?1 :name @name {0}",
    "[\"a\", null, {\"b\": \"\\u0000\"}]",
];

/// A text of several paragraphs with everything of [`AWKWARD_LINES`] in it.
pub(super) fn awkward_paragraphs() -> String {
    format!("First.\n\r\n\tThen: {}", AWKWARD_LINES.join("\n"))
}
