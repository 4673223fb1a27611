//! A terminal as an SVG picture.

/// Columns; longer lines are wrapped, as a terminal does.
const COLUMNS: usize = 80;

/// Pixels. A character is exactly this wide, whatever the font of the reader is.
const CHARACTER: f64 = 8.4;
const LINE: usize = 20;
const MARGIN: usize = 16;
/// The height of the bar with the three buttons.
const BAR: usize = 36;

const STYLE: &str = "text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #c9d1d9; white-space: pre }
.command { fill: #ffffff; font-weight: bold }
.prompt { fill: #7ee787 }
.error { fill: #ff7b72 }
.note { fill: #a5b4c3 }
";

/// Draws a session; lines that begin with `$ ` are commands.
pub(super) fn terminal(session: &str) -> String {
    let lines: Vec<_> = session.lines().flat_map(wrapped).collect();
    let width = (CHARACTER * COLUMNS as f64) as usize + 2 * MARGIN;
    let height = BAR + lines.len() * LINE + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" xml:space=\"preserve\">\n<title>A session of octoseal</title>\n<style>{STYLE}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\" stroke=\"#30363d\"/>\n"
    );
    for (index, color) in ["#ff5f57", "#febc2e", "#28c840"].into_iter().enumerate() {
        svg.push_str(&format!("<circle cx=\"{}\" cy=\"18\" r=\"6\" fill=\"{color}\"/>\n", 22 + 20 * index));
    }
    for (index, line) in lines.iter().enumerate() {
        svg.push_str(&text(line, BAR + LINE * index + 14));
    }
    svg + "</svg>\n"
}

/// Draws a line at this height.
fn text(line: &str, y: usize) -> String {
    let length = CHARACTER * line.chars().count() as f64;
    let class = ["error", "note"].into_iter().find(|class| line.starts_with(&format!("{class}: ")));
    let content = match (line.strip_prefix("$ "), class) {
        (Some(command), _) => {
            format!("<tspan class=\"prompt\">$ </tspan><tspan class=\"command\">{}</tspan>", escaped(command))
        }
        (None, Some(class)) => format!("<tspan class=\"{class}\">{}</tspan>", escaped(line)),
        (None, None) => escaped(line),
    };
    format!("<text x=\"{MARGIN}\" y=\"{y}\" textLength=\"{length:.1}\">{content}</text>\n")
}

fn wrapped(line: &str) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    characters.chunks(COLUMNS).map(String::from_iter).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_errors_stand_out_and_every_character_is_kept() {
        let svg = terminal("$ a <b & c\nerror: d\nplain");
        assert!(svg.contains("<tspan class=\"command\">a &lt;b &amp; c</tspan>"), "{svg}");
        assert!(svg.contains("<tspan class=\"error\">error: d</tspan>"), "{svg}");
        assert!(svg.contains(" textLength=\"42.0\">plain</text>"), "{svg}");
    }

    #[test]
    fn a_long_line_is_wrapped() {
        let svg = terminal(&"x".repeat(COLUMNS + 1));
        assert!(svg.contains(&format!(">{}</text>", "x".repeat(COLUMNS))) && svg.contains(">x</text>"));
    }
}
