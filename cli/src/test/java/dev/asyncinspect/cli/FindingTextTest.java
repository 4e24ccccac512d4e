package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Evidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FindingTextTest {

    private static final Diagnosis BANK = new Diagnosis(
            Scene.bank().twice(),
            List.of(cycle(
                    List.of(link(12, 2, 13, Scene.at(52)), link(13, 1, 12, Scene.at(31))),
                    List.of(21L, 22L, 23L, 24L, 25L))));

    @Test
    void lock_cycle_reads_as_a_frame() {
        Golden.assertMatches("why-lock-cycle", Screen.plain(BANK::print));
    }

    @Test
    void lock_cycle_in_ascii_has_no_other_character() {
        String text = Screen.on(false, true, BANK::print);
        Golden.assertMatches("why-lock-cycle-ascii", text);
        assertThat(text.chars()).allMatch(c -> c < 0x7f);
    }

    @Test
    void colours_change_nothing_but_colour() {
        String coloured = Screen.on(true, false, BANK::print);
        assertThat(coloured).contains("\u001b[31;1m[FAIL]\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Screen.plain(BANK::print));
    }

    @Test
    void cycle_of_ten_without_class_files_says_unknown_and_why() {
        Scene scene = new Scene();
        List<Link> chain = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            int next = i % 10 + 1;
            scene.waits(i, "t" + i, AwaitSite.lineOnly(Scene.at(40), "lock"), next)
                    .monitor(i, null, i, -1);
            chain.add(new Link(i, next, unknownHold(next), List.of()));
        }
        Golden.assertMatches(
                "why-cycle-of-ten", Screen.plain(new Diagnosis(scene.once(), List.of(cycle(chain, List.of())))::print));
    }

    @Test
    void waits_that_read_the_same_are_folded() {
        Scene scene = new Scene().resource(1, ResourceKind.FUTURE, null, Fact.unknown("a dump does not show it"));
        List<Link> chain = new ArrayList<>();
        for (int i = 1; i <= 312; i++) {
            scene.waits(i, "pool-1-thread-" + i, 17, 1);
            chain.add(new Link(i, 1, null, List.of()));
        }
        Golden.assertMatches(
                "why-pool-starvation",
                Screen.plain(
                        new Diagnosis(
                                        scene.twice(),
                                        List.of(other(
                                                FindingKind.POOL_STARVATION, Confidence.LIKELY, chain, List.of())))
                                ::print));
    }

    @Test
    void finding_without_waits_names_its_tasks() {
        Scene scene = Scene.calm();
        Finding finding = other(FindingKind.CPU_BOUND_TASK, Confidence.HINT, List.of(), List.of(1L, 2L, 3L));
        Golden.assertMatches("why-only-a-hint", Screen.plain(new Diagnosis(scene.twice(), List.of(finding))::print));
    }

    @Test
    void nothing_wrong_says_so_and_what_was_not_seen() {
        Golden.assertMatches(
                "why-healthy", Screen.plain(new Diagnosis(Scene.calm().twice(), List.of())::print));
    }

    @Test
    void findings_of_one_title_are_counted_together() {
        Finding lock = BANK.findings().get(0);
        String text = Screen.plain(new Diagnosis(BANK.history(), List.of(lock, lock))::print);
        assertThat(text).contains("[FAIL] Deadlock #1 detected!", "[FAIL] Deadlock #2 detected!");
    }

    @Test
    void holders_beyond_the_first_few_are_counted() {
        Scene scene = new Scene()
                .waits(1, "writer", 12, 9)
                .resource(9, ResourceKind.READ_WRITE_LOCK, null, Fact.unknown("x"));
        List<Hold> readers = LongStream.rangeClosed(3, 102)
                .mapToObj(FindingTextTest::unknownHold)
                .toList();
        Finding finding = cycle(List.of(new Link(1, 9, unknownHold(2), readers)), List.of());
        assertThat(Screen.plain(new Diagnosis(scene.once(), List.of(finding))::print))
                .contains(
                        "… held by Task #2 since unknown (no class file)", "… and by Task #7 since", "… and by 95 more")
                .doesNotContain("Task #8 ");
    }

    private static Link link(long task, long resource, long holder, Frame since) {
        return new Link(
                task, resource, new Hold(holder, AccessMode.EXCLUSIVE, Fact.inferred(since, "bytecode")), List.of());
    }

    private static Hold unknownHold(long task) {
        return new Hold(task, AccessMode.EXCLUSIVE, Fact.unknown("no class file"));
    }

    private static Finding cycle(List<Link> chain, List<Long> victims) {
        return new Finding(
                FindingKind.LOCK_CYCLE,
                Confidence.PROVEN,
                "same state in 2 samples, 250 ms apart",
                chain.size() + " tasks wait for each other in a circle; none of them can ever go on.",
                chain,
                true,
                chain.stream().map(Link::taskId).toList(),
                victims,
                chain.stream().map(Link::resourceId).sorted().toList(),
                List.of(new Evidence("who holds each resource is stated by the JVM", Provenance.OBSERVED)),
                null,
                List.of(
                        "Take the two locks in one order: Bank.java:31/34 takes A then B, Bank.java:52/55 takes B then A"));
    }

    private static Finding other(FindingKind kind, Confidence confidence, List<Link> chain, List<Long> tasks) {
        return new Finding(
                kind,
                confidence,
                "same state in 2 samples, 250 ms apart",
                "One sentence that a person understands.",
                chain,
                false,
                tasks,
                List.of(),
                List.of(),
                List.of(new Evidence("they are workers of one pool", Provenance.INFERRED)),
                "it ends soon",
                List.of("Change it."));
    }
}
