//! Drawings fit on a telephone, no box covers another, and lines go from box to box.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn step(level: usize, needs: &[usize]) -> PathwayStep {
    PathwayStep { module: None, text: None, hours: None, level, needs: needs.to_vec(), any: false }
}

/// Where each box stands, and how many lines there are.
fn told(steps: &[PathwayStep]) -> String {
    let Some(diagram) = diagram(steps) else { return "none".to_owned() };
    let boxes: Vec<String> = diagram.boxes.iter().map(|one| format!("{}@{},{}", one.number, one.x, one.y)).collect();
    format!("{}×{}: {} / {} lines", diagram.width, diagram.height, boxes.join(" "), diagram.lines.len())
}

fn chain(n: usize) -> Vec<PathwayStep> {
    (0..n).map(|index| step(index, &index.checked_sub(1).into_iter().collect::<Vec<_>>())).collect()
}

#[test]
fn one_after_the_other_they_go_to_and_fro() {
    assert_eq!(told(&chain(0)), "none");
    assert_eq!(told(&chain(1)), "none");
    assert_eq!(told(&chain(3)), "190×38: 1@1,1 2@73,1 3@145,1 / 2 lines");
    assert_eq!(told(&chain(6)), "262×102: 1@1,1 2@73,1 3@145,1 4@217,1 5@217,65 6@145,65 / 5 lines");
    let diagram = diagram(&chain(6)).expect("a drawing");
    let ways: Vec<&str> = diagram.lines.iter().map(|line| line.path.as_str()).collect();
    assert_eq!(ways, ["M45 19L73 19", "M117 19L145 19", "M189 19L217 19", "M239 37L239 65", "M217 83L189 83"]);
}

#[test]
fn branches_stand_in_stages() {
    let fork = [step(0, &[]), step(1, &[0]), step(1, &[0])];
    assert_eq!(told(&fork), "146×86: 1@1,25 2@101,1 3@101,49 / 2 lines");
    // What a longer way says already is not drawn; what skips a stage passes beside the boxes.
    let short_cut = [step(0, &[]), step(1, &[0]), step(2, &[0, 1])];
    assert_eq!(told(&short_cut), "246×38: 1@1,1 2@101,1 3@201,1 / 2 lines");
    let skips = [step(0, &[]), step(0, &[]), step(1, &[0]), step(2, &[1, 2])];
    assert_eq!(told(&skips), "246×86: 1@1,1 2@1,49 3@101,1 4@201,25 / 3 lines");
    let diagram = diagram(&skips).expect("a drawing");
    assert!(diagram.lines.iter().any(|line| line.path.contains("L145 67")), "{:?}", diagram.lines);
}

#[test]
fn one_of_several_ways_is_marked() {
    let mut steps = vec![step(0, &[]), step(1, &[0]), step(2, &[0, 1])];
    steps[2].any = true;
    let diagram = diagram(&steps).expect("a drawing");
    assert_eq!(diagram.lines.iter().map(|line| line.any).collect::<Vec<_>>(), [false, true, true]);
}

/// Steps as catalogues make them: by level, each behind what it needs.
fn graphs() -> impl Strategy<Value = Vec<PathwayStep>> {
    let needs = proptest::collection::btree_set(0..24_usize, 0..4);
    proptest::collection::vec((needs, any::<bool>()), 2..=24).prop_map(|graph| {
        let mut steps: Vec<PathwayStep> = Vec::new();
        for (index, (needs, any)) in graph.into_iter().enumerate() {
            let needs: Vec<usize> = needs.into_iter().filter(|needed| *needed < index).collect();
            let level = needs.iter().map(|needed| steps[*needed].level + 1).max().unwrap_or_default();
            steps.push(PathwayStep { any: any && needs.len() > 1, ..step(level, &needs) });
        }
        steps
    })
}

proptest! {
    #[test]
    fn a_drawing_fits_and_nothing_covers_anything(steps in graphs()) {
        let diagram = diagram(&steps).expect("a drawing");
        prop_assert!(diagram.width <= WIDEST, "{}", diagram.width);
        let mut corners = BTreeSet::new();
        for one in &diagram.boxes {
            prop_assert!(one.x + one.width < diagram.width && one.y + one.height < diagram.height);
            prop_assert!(corners.insert((one.x, one.y)));
            let covers = diagram.boxes.iter().filter(|other| other.number != one.number).any(|other| {
                other.x.abs_diff(one.x) < one.width && other.y.abs_diff(one.y) < one.height
            });
            prop_assert!(!covers, "{:?}", one);
        }
        let n_ways: usize = steps.iter().map(|step| step.needs.len()).sum();
        prop_assert!(diagram.lines.len() <= n_ways);
        // Each box that needs another has a line that ends at it.
        for one in &diagram.boxes {
            let step = &steps[one.number - 1];
            let ends = [format!("M{} {}l", one.x, one.y + one.height / 2), format!("M{} {}l", one.x + one.width / 2, one.y)];
            let from_right = format!("M{} {}l", one.x + one.width, one.y + one.height / 2);
            let is_met = diagram.lines.iter().any(|line| {
                line.head.starts_with(&ends[0]) || line.head.starts_with(&ends[1]) || line.head.starts_with(&from_right)
            });
            prop_assert_eq!(is_met, !step.needs.is_empty(), "{:?}", one);
        }
    }
}
