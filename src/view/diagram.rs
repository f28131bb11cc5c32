//! A pathway as a drawing: numbered boxes, and lines from what comes before to what comes after.
//!
//! Plain numbers, in the units of the drawing, which is never wider than a telephone. A template draws them; the list
//! beside it says the same in words.

use serde::Serialize;

use crate::catalogue::PathwayStep;

/// How wide a drawing may be: what a screen of 320 pixels leaves between its margins.
const WIDEST: usize = 288;
const BOX_WIDTH: usize = 44;
const BOX_HEIGHT: usize = 36;
/// From one box to the next, side by side and one below the other.
const GAP: usize = 28;
/// Between boxes that stand below each other without a line between them.
const NARROW_GAP: usize = 12;
/// How many boxes of a row stand side by side.
const IN_A_ROW: usize = 4;
/// How many stages a drawing from left to right has.
const STAGES: usize = 5;
const MARGIN: usize = 1;

/// The drawing of a pathway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// The boxes.
    pub boxes: Vec<DiagramBox>,
    /// The lines.
    pub lines: Vec<DiagramLine>,
}

/// A box with the number of its step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagramBox {
    /// Its left edge.
    pub x: usize,
    /// Its upper edge.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// Where the number stands, which is centred there.
    pub text_x: usize,
    /// The base line of the number.
    pub text_y: usize,
    /// The number, from 1.
    pub number: usize,
}

/// A line from one box to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagramLine {
    /// The line, as SVG writes paths.
    pub path: String,
    /// Its point, likewise.
    pub head: String,
    /// One of several ways, of which one is enough.
    pub any: bool,
}

/// Where something stands: which stage, and how many steps of a stair from its beginning.
type Spot = (usize, usize);

/// Draws the first steps of a pathway; none where there is nothing to draw.
pub(super) fn diagram(steps: &[PathwayStep]) -> Option<Diagram> {
    if steps.len() < 2 {
        return None;
    }
    Some(if is_line(steps) { line(steps.len()) } else { Stages::new(steps).drawn() })
}

/// Whether each step comes right after the one before it.
pub(super) fn is_line(steps: &[PathwayStep]) -> bool {
    steps.iter().enumerate().skip(1).all(|(index, step)| step.needs == [index - 1] && !step.any)
}

/// One box after the other, to the right and back again.
fn line(n_steps: usize) -> Diagram {
    let place = |index: usize| {
        let (row, column) = (index / IN_A_ROW, index % IN_A_ROW);
        let column = if row.is_multiple_of(2) { column } else { IN_A_ROW - 1 - column };
        (MARGIN + column * (BOX_WIDTH + GAP), MARGIN + row * (BOX_HEIGHT + GAP))
    };
    let line = |index: usize| {
        let ((from_x, from_y), (to_x, to_y)) = (place(index), place(index + 1));
        let middle = from_y + BOX_HEIGHT / 2;
        let points = match from_x.cmp(&to_x) {
            std::cmp::Ordering::Less => [(from_x + BOX_WIDTH, middle), (to_x, middle)],
            std::cmp::Ordering::Greater => [(from_x, middle), (to_x + BOX_WIDTH, middle)],
            std::cmp::Ordering::Equal => [(from_x + BOX_WIDTH / 2, from_y + BOX_HEIGHT), (to_x + BOX_WIDTH / 2, to_y)],
        };
        let [(x, y), to] = points;
        DiagramLine { path: format!("M{x} {y}L{} {}", to.0, to.1), head: head((x, y), to), any: false }
    };
    let columns = n_steps.min(IN_A_ROW);
    let rows = n_steps.div_ceil(IN_A_ROW);
    Diagram {
        width: 2 * MARGIN + columns * BOX_WIDTH + (columns - 1) * GAP,
        height: 2 * MARGIN + rows * BOX_HEIGHT + (rows - 1) * GAP,
        boxes: (0..n_steps).map(|index| numbered(place(index), index + 1)).collect(),
        lines: (0..n_steps - 1).map(line).collect(),
    }
}

fn numbered((x, y): (usize, usize), number: usize) -> DiagramBox {
    let (text_x, text_y) = (x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2 + 6);
    DiagramBox { x, y, width: BOX_WIDTH, height: BOX_HEIGHT, text_x, text_y, number }
}

/// The point of a line that ends here and comes from there, straight.
fn head(from: (usize, usize), (x, y): (usize, usize)) -> String {
    match (from.0.cmp(&x), from.1.cmp(&y)) {
        (_, std::cmp::Ordering::Less) if from.0 == x => format!("M{x} {y}l-5 -8h10z"),
        (std::cmp::Ordering::Greater, _) => format!("M{x} {y}l8 -5v10z"),
        _ => format!("M{x} {y}l-8 -5v10z"),
    }
}

/// Boxes in stages, each behind those that it needs.
struct Stages<'a> {
    steps: &'a [PathwayStep],
    /// The stages go from left to right, their boxes from the top down; or the other way round.
    to_the_right: bool,
    n_stages: usize,
    /// Where each step stands.
    spots: Vec<Spot>,
    /// Where a line from a step passes through a stage on its way to a later one.
    passes: Vec<Vec<Spot>>,
    /// How many spots each stage has.
    sizes: Vec<usize>,
}

impl<'a> Stages<'a> {
    fn new(steps: &'a [PathwayStep]) -> Self {
        let deepest = steps.iter().map(|step| step.level).max().unwrap_or_default() + 1;
        let mut sizes = vec![0; deepest];
        let mut spot_in = |stage: usize| {
            let size: &mut usize = &mut sizes[stage];
            *size += 1;
            (stage, *size - 1)
        };
        let spots: Vec<Spot> = steps.iter().map(|step| spot_in(step.level)).collect();
        // Lines that skip a stage have a spot of their own there, or they would run through boxes.
        let mut passes: Vec<Vec<Spot>> = vec![Vec::new(); steps.len()];
        for (index, (step, passes)) in steps.iter().zip(&mut passes).enumerate() {
            let followers = steps.iter().enumerate().filter(|(to, _)| is_drawn(steps, index, *to));
            let furthest = followers.map(|(_, follower)| follower.level).max().unwrap_or_default();
            passes.extend((step.level + 1..furthest).map(&mut spot_in));
        }
        let widest = sizes.iter().copied().max().unwrap_or_default();
        let to_the_right = deepest <= STAGES || widest > IN_A_ROW;
        let n_stages = if to_the_right { deepest.min(STAGES) } else { deepest };
        sizes.truncate(n_stages);
        Self { steps, to_the_right, n_stages, spots, passes, sizes }
    }

    /// From one stage to the next, and from one spot of a stage to the next.
    fn pitch(&self) -> (usize, usize) {
        if self.to_the_right {
            let free = WIDEST - 2 * MARGIN - self.n_stages * BOX_WIDTH;
            let gap = free.checked_div(self.n_stages - 1).unwrap_or(GAP).min(2 * GAP);
            (BOX_WIDTH + gap, BOX_HEIGHT + NARROW_GAP)
        } else {
            (BOX_HEIGHT + GAP, BOX_WIDTH + GAP)
        }
    }

    /// The left and upper edge of the box in a spot.
    fn place(&self, (stage, spot): Spot) -> (usize, usize) {
        let (along, across) = self.pitch();
        let longest = self.sizes.iter().copied().max().unwrap_or_default();
        let first = (longest - self.sizes[stage]) * across / 2;
        let (along, across) = (MARGIN + stage * along, MARGIN + first + spot * across);
        if self.to_the_right { (along, across) } else { (across, along) }
    }

    /// Where lines come into the box in a spot, and where they leave it.
    fn ports(&self, spot: Spot) -> [(usize, usize); 2] {
        let (x, y) = self.place(spot);
        if self.to_the_right {
            [(x, y + BOX_HEIGHT / 2), (x + BOX_WIDTH, y + BOX_HEIGHT / 2)]
        } else {
            [(x + BOX_WIDTH / 2, y), (x + BOX_WIDTH / 2, y + BOX_HEIGHT)]
        }
    }

    fn line(&self, from: usize, to: usize) -> DiagramLine {
        let target = self.spots[to];
        let [_, (x, y)] = self.ports(self.spots[from]);
        let mut path = format!("M{x} {y}");
        let mut at = (x, y);
        let passes = self.passes[from].iter().filter(|(stage, _)| *stage < target.0);
        for spot in passes.chain([&target]) {
            let [into, out] = self.ports(*spot);
            path.push_str(&self.bend(at, into));
            if *spot != target {
                path.push_str(&format!("L{} {}", out.0, out.1));
            }
            at = out;
        }
        let (x, y) = self.ports(target)[0];
        let before = if self.to_the_right { (x.saturating_sub(1), y) } else { (x, y.saturating_sub(1)) };
        DiagramLine { path, head: head(before, (x, y)), any: self.steps[to].any }
    }

    /// A curve that leaves and arrives in the direction of the stages.
    fn bend(&self, (from_x, from_y): (usize, usize), (x, y): (usize, usize)) -> String {
        if self.to_the_right {
            let middle = usize::midpoint(from_x, x);
            format!("C{middle} {from_y} {middle} {y} {x} {y}")
        } else {
            let middle = usize::midpoint(from_y, y);
            format!("C{from_x} {middle} {x} {middle} {x} {y}")
        }
    }

    fn drawn(&self) -> Diagram {
        let is_shown = |index: usize| self.spots[index].0 < self.n_stages;
        let shown: Vec<usize> = (0..self.steps.len()).filter(|index| is_shown(*index)).collect();
        let boxes = shown.iter().map(|index| numbered(self.place(self.spots[*index]), index + 1));
        let pairs = shown.iter().flat_map(|to| self.steps[*to].needs.iter().map(move |from| (*from, *to)));
        let lines = pairs.filter(|(from, to)| is_drawn(self.steps, *from, *to)).map(|(from, to)| self.line(from, to));
        let (along, across) = self.pitch();
        let longest = self.sizes.iter().copied().max().unwrap_or_default();
        let (box_along, box_across) = if self.to_the_right { (BOX_WIDTH, BOX_HEIGHT) } else { (BOX_HEIGHT, BOX_WIDTH) };
        let along = 2 * MARGIN + (self.n_stages - 1) * along + box_along;
        let across = 2 * MARGIN + longest.saturating_sub(1) * across + box_across;
        let (width, height) = if self.to_the_right { (along, across) } else { (across, along) };
        Diagram { width, height, boxes: boxes.collect(), lines: lines.collect() }
    }
}

/// Whether a line goes from a step to another: not where a way through a third says it already.
fn is_drawn(steps: &[PathwayStep], from: usize, to: usize) -> bool {
    let step = &steps[to];
    if !step.needs.contains(&from) {
        return false;
    }
    step.any || !step.needs.iter().any(|other| *other != from && leads_to(steps, from, *other))
}

/// Whether a step is needed for another, by whatever way: not by one that has an alternative.
fn leads_to(steps: &[PathwayStep], from: usize, to: usize) -> bool {
    let mut wanted = vec![false; to + 1];
    wanted[to] = true;
    // What a step needs stands before it.
    for index in (from + 1..=to).rev().filter(|index| *index < steps.len()) {
        if wanted[index] && !steps[index].any {
            steps[index].needs.iter().filter(|needed| **needed < index).for_each(|needed| wanted[*needed] = true);
        }
    }
    from < to && wanted[from]
}

#[cfg(test)]
mod tests;
