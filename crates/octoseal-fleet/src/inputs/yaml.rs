//! The YAML parser. It reads events, so that anchors, aliases, tags and merge keys are refused and never
//! followed.

mod frames;
mod scalar;

use super::error::InputErrors;
use super::fault::Fault;
use super::format::Format;
use super::member::{Member, Place};
use super::pointer::Pointer;
use frames::{Frames, Step};
use saphyr_parser::{Event, Marker, Parser, ScanError};
use scalar::Scalar;

/// The parser's message for too many nested lists and tables in one line.
const TOO_DEEP: &str = "recursion limit exceeded";

/// Reads the members of the table at the pointer.
pub(super) fn members(text: &str, at: &Pointer, errors: &mut InputErrors) -> Vec<Member> {
    let mut frames = Frames::new(at);
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                errors.push(place(error.marker()), None, syntax(&error));
                return frames.into_members();
            }
        };
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
        }
        let place = place(&span.start);
        let stepped = if documents > 1 {
            Err(Fault::SeveralDocuments)
        } else {
            step(event, place, &mut frames, errors)
        };
        if let Err(fault) = stepped {
            errors.push(place, None, fault);
            return frames.into_members();
        }
        if frames.is_full() {
            return frames.into_members();
        }
    }
    if errors.is_empty() {
        if let Some(fault) = frames.missing() {
            errors.push(None, None, fault);
        }
    }
    frames.into_members()
}

/// Handles one event. After an error here the rest cannot be understood.
fn step(
    event: Event<'_>,
    place: Place,
    frames: &mut Frames<'_>,
    errors: &mut InputErrors,
) -> Result<(), Fault> {
    let (anchor, has_tag, step) = match event {
        Event::Scalar(text, style, anchor, tag) => {
            (anchor, tag.is_some(), Step::Scalar(Scalar::new(text, style)))
        }
        Event::MappingStart(anchor, tag) => (anchor, tag.is_some(), Step::Table),
        Event::SequenceStart(anchor, tag) => (anchor, tag.is_some(), Step::List),
        Event::MappingEnd | Event::SequenceEnd => (0, false, Step::End),
        Event::Alias(_) => {
            errors.push(place, frames.key(), Fault::Alias);
            (0, false, Step::Alias)
        }
        Event::Nothing
        | Event::StreamStart
        | Event::StreamEnd
        | Event::DocumentStart(_)
        | Event::DocumentEnd => {
            return Ok(());
        }
    };
    let faults = [(anchor > 0, Fault::Anchor), (has_tag, Fault::Tag)];
    for (_, fault) in faults.into_iter().filter(|(is_found, _)| *is_found) {
        errors.push(place, frames.key(), fault);
    }
    frames.take(step, place, errors)
}

fn syntax(error: &ScanError) -> Fault {
    if error.info() == TOO_DEEP { Fault::TooDeep } else { Fault::Syntax(Format::Yaml) }
}

fn place(marker: &Marker) -> Place {
    Place { line: marker.line(), column: Some(marker.col() + 1) }
}
