//! Lines and columns of offsets in a text.

use super::member::Place;

/// Maximum number of bytes between two marks: a text in one long line is not counted again for each place.
const STEP: usize = 1_024;

/// Marks in a text from which lines and columns are counted.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    marks: Vec<Mark>,
}

#[derive(Clone, Copy)]
struct Mark {
    offset: usize,
    line: usize,
    column: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut mark = Mark { offset: 0, line: 1, column: 1 };
        let mut marks = vec![mark];
        while mark.offset < text.len() {
            let end = text.len().min(mark.offset + STEP);
            let part = &text[mark.offset..end];
            mark = match part.iter().position(|byte| *byte == b'\n') {
                Some(length) => Mark { offset: mark.offset + length + 1, line: mark.line + 1, column: 1 },
                None => Mark { offset: end, column: mark.column + characters(part), ..mark },
            };
            marks.push(mark);
        }
        Self { text, marks }
    }

    /// Returns the place of an offset. An offset after the end is the end.
    pub(super) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let after = self.marks.partition_point(|mark| mark.offset <= offset);
        let Mark { offset: start, line, column } = self.marks[after - 1];
        Place { line, column: Some(column + characters(&self.text[start..offset])) }
    }
}

/// Counts characters: continuation bytes of UTF-8 do not begin one.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        let lines = Lines::of("aé\nb");
        for (offset, line, column) in [(0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (5, 2, 2), (99, 2, 2)] {
            assert_eq!(lines.place(offset), Place { line, column: Some(column) }, "{offset}");
        }
    }

    #[test]
    fn long_lines_are_counted_as_short_ones() {
        let text = format!("{}\n{}", "é".repeat(2_000), "a".repeat(3_000));
        let lines = Lines::of(&text);
        assert_eq!(lines.place(3_998), Place { line: 1, column: Some(2_000) });
        assert_eq!(lines.place(4_001), Place { line: 2, column: Some(1) });
        assert_eq!(lines.place(4_001 + 2_500), Place { line: 2, column: Some(2_501) });
    }
}
