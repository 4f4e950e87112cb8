//! Just enough of Rust's grammar for the rules: what is code, where each `fn` begins and ends, and the attributes.

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Line of the `fn`, from 1.
    pub(crate) line: usize,
    /// Lines from the `fn` to the closing brace, both counted.
    pub(crate) lines: usize,
}

/// The functions of `source` that have a body, in order of their `fn`; nested ones count for themselves too.
pub(crate) fn functions(source: &str) -> Vec<Function> {
    let code = code_only(source);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_fn(&code, at) {
        at = start + 2;
        let Some(name) = name_after(&code, at) else { continue };
        let Some(end) = body_end(&code, at) else { continue };
        let line = line_of(&code, start);
        found.push(Function { name, line, lines: line_of(&code, end) - line + 1 });
    }
    found
}

/// The attributes in `code`, as `code_only` gives it: each one's line and what is in its brackets, without spaces.
pub(crate) fn attributes(code: &[u8]) -> Vec<(usize, String)> {
    let starts = (0..code.len()).filter(|&at| code[at] == b'#');
    let opened = starts.filter_map(|at| {
        let open = at + 1 + usize::from(code.get(at + 1) == Some(&b'!'));
        (code.get(open) == Some(&b'[')).then_some((at, open + 1))
    });
    opened
        .map(|(at, inside)| {
            let written = code[inside..].iter().copied().take_while(|&b| b != b']');
            let dense: Vec<u8> = written.filter(|b| !b.is_ascii_whitespace()).collect();
            (line_of(code, at), String::from_utf8_lossy(&dense).into_owned())
        })
        .collect()
}

/// `source` with comments, strings and character literals blanked out, byte for byte and line for line.
pub(crate) fn code_only(source: &str) -> Vec<u8> {
    let bytes = source.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_comment_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => block_comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'r' => raw_string_end(bytes, at),
            b'\'' => char_end(source, at),
            _ => at,
        };
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    code
}

fn line_comment_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| start + n)
}

fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if bytes[at..].starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// `start` itself when no raw string begins there: an identifier such as `r#fn` or `for`, say.
fn raw_string_end(bytes: &[u8], start: usize) -> usize {
    let prefixed = start > 0 && matches!(bytes[start - 1], b'b' | b'c');
    let before = start.checked_sub(1 + usize::from(prefixed)).map(|n| bytes[n]);
    if before.is_some_and(is_word) {
        return start;
    }
    let hashes = bytes[start + 1..].iter().take_while(|&&b| b == b'#').count();
    let open = start + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return start;
    }
    let mut close = vec![b'"'];
    close.resize(1 + hashes, b'#');
    let body = open + 1;
    bytes[body..]
        .windows(close.len())
        .position(|w| w == close)
        .map_or(bytes.len(), |n| body + n + close.len())
}

/// `start` itself when the quote opens a lifetime or a label.
fn char_end(source: &str, start: usize) -> usize {
    let mut chars = source[start + 1..].char_indices();
    match chars.next() {
        Some((_, '\\')) => {
            chars.next();
            chars.find(|(_, c)| *c == '\'').map_or(source.len(), |(n, _)| start + n + 2)
        }
        Some(_) => match chars.next() {
            Some((n, '\'')) => start + n + 2,
            _ => start,
        },
        None => start,
    }
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn next_fn(code: &[u8], from: usize) -> Option<usize> {
    (from..code.len().saturating_sub(1)).find(|&at| {
        code[at..].starts_with(b"fn")
            && !at.checked_sub(1).is_some_and(|n| is_word(code[n]) || code[n] == b'#')
            && !code.get(at + 2).is_some_and(|&b| is_word(b))
    })
}

/// Nothing for a function pointer type, which has no name.
fn name_after(code: &[u8], at: usize) -> Option<String> {
    let start = at + code[at..].iter().position(|b| !b.is_ascii_whitespace())?;
    let name: Vec<u8> = code[start..]
        .iter()
        .copied()
        .take_while(|&b| is_word(b) || matches!(b, b'$' | b'#'))
        .collect();
    (!name.is_empty()).then(|| String::from_utf8_lossy(&name).into_owned())
}

/// Where the body that follows a signature closes; nothing when the signature ends in a semicolon.
fn body_end(code: &[u8], from: usize) -> Option<usize> {
    let open = body_start(code, from)?;
    let mut depth = 0_usize;
    for (n, byte) in code[open..].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + n);
        }
    }
    None
}

fn body_start(code: &[u8], from: usize) -> Option<usize> {
    let (mut depth, mut last) = (0_i32, b' ');
    for (n, &byte) in code[from..].iter().enumerate() {
        match byte {
            // `<{` opens a constant argument such as `Grid<{ N + 1 }>`, not a body.
            b'{' if depth == 0 && last != b'<' => return Some(from + n),
            b';' if depth == 0 => return None,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    None
}

fn line_of(code: &[u8], at: usize) -> usize {
    code[..at].split(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{Function, code_only, functions};

    fn measured(source: &str) -> Vec<(String, usize, usize)> {
        functions(source)
            .into_iter()
            .map(|Function { name, line, lines }| (name, line, lines))
            .collect()
    }

    fn one(source: &str, line: usize, lines: usize) {
        assert_eq!(measured(source), [("f".to_owned(), line, lines)], "{source}");
    }

    #[test]
    fn a_function_runs_from_its_fn_to_its_closing_brace() {
        one("#[inline]\npub fn f() {\n    g();\n}\n", 2, 3);
        one("fn f() {}", 1, 1);
        one("fn f<T>(x: T) -> [u8; 2]\nwhere\n    T: Into<u8>,\n{\n    g(x)\n}", 1, 6);
        one("fn f(x: Grid<{ N + 1 }>) -> Grid<{ N }> {\n}", 1, 2);
        one("macro_rules! m { () => { fn f() {\n} } }", 1, 2);
    }

    #[test]
    fn braces_in_strings_comments_and_characters_are_not_code() {
        one("fn f() {\n    let a = \"}\\\"}\";\n}", 1, 3);
        one("fn f() {\n    let a = r#\"}\"}\"#;\n}", 1, 3);
        one("fn f() {\n    let a = br\"}\\\";\n}", 1, 3);
        one("fn f() {\n    // }\n    /* } /* } */ } */\n}", 1, 4);
        one("fn f() {\n    let a = ['}', '\\'', '\"', '}', '\\u{7d}', '}'];\n}", 1, 3);
        one("fn f<'a>(x: &'a str) -> &'a str {\n    'l: loop { break 'l; }\n}", 1, 3);
        one("fn f() {\n    let a = b'}';\n    let b = '中';\n}", 1, 4);
        one("fn f() {\n    let for_r = \"}\";\n    var\n}", 1, 4);
    }

    #[test]
    fn only_functions_with_a_body_count() {
        assert_eq!(measured("trait T { fn f(&self); }\ntype F = fn(u8) -> u8;\nlet r#fn = 1;"), []);
        assert_eq!(measured("// fn f() {}\nlet s = \"fn f() {}\";"), []);
    }

    #[test]
    fn nested_functions_count_for_themselves_too() {
        let source = "fn outer() {\n    fn inner() {\n    }\n}\nfn next() {}";
        assert_eq!(
            measured(source),
            [("outer".to_owned(), 1, 4), ("inner".to_owned(), 2, 2), ("next".to_owned(), 5, 1)]
        );
    }

    #[test]
    fn blanking_keeps_every_byte_in_its_place() {
        let source = "let a = \"é\n中\"; // c\nlet b = 'x';";
        let code = code_only(source);
        assert_eq!(code.len(), source.len());
        assert_eq!(code.split(|&b| b == b'\n').count(), source.lines().count());
        assert!(code.ends_with(b"let b =    ;"));
    }

    #[test]
    fn unfinished_text_does_no_harm() {
        for source in ["fn f() {", "\"", "r#\"", "/* /*", "'", "'\\", "fn", "fn f(", "b'", "\"\\"] {
            assert_eq!(functions(source), [], "{source}");
        }
    }
}
