package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps what alive. */
class HeapReachTest {

    @TempDir
    Path folder;

    private final HprofWriter writer = new HprofWriter(8)
            .type("java.lang.ref.Reference", "java.lang.Object", "referent", "queue")
            .type("java.lang.ref.WeakReference", "java.lang.ref.Reference")
            .type("java.lang.ref.SoftReference", "java.lang.ref.Reference")
            .type("shop.Entry", "java.lang.ref.WeakReference", "value")
            .type("shop.Box", "java.lang.Object", "content")
            .type("shop.Empty", "java.lang.Object");

    private Set<Long> ends = Set.of();

    private HeapReach from(long id) throws IOException {
        return HeapReach.from(Heap.open(writer.to(folder.resolve("h.hprof"))), List.of(id), "shop.End"::equals, ends);
    }

    @Test
    void an_object_behind_fields_and_arrays_is_reached_and_the_path_says_how() throws IOException {
        long empty = writer.object("shop.Empty");
        long box = writer.object("shop.Box", writer.array(0, empty));
        HeapReach reach = from(box);
        assertThat(reach.all()).contains(empty);
        assertThat(reach.pathTo(empty)).containsExactly("shop.Box", "[]", "shop.Empty");
    }

    @Test
    void a_weak_reference_does_not_lead_to_its_referent_but_to_all_else() throws IOException {
        long referent = writer.object("shop.Empty");
        long value = writer.object("shop.Empty");
        assertThat(from(writer.object("shop.Entry", value, referent, 0)).all())
                .contains(value)
                .doesNotContain(referent);
    }

    @Test
    void a_weak_reference_whose_own_field_holds_the_referent_too_leads_to_it() throws IOException {
        long referent = writer.object("shop.Empty");
        assertThat(from(writer.object("shop.Entry", referent, referent, 0)).all())
                .contains(referent);
    }

    @Test
    void a_soft_reference_leads_to_its_referent() throws IOException {
        long referent = writer.object("shop.Empty");
        assertThat(from(writer.object("java.lang.ref.SoftReference", referent, 0))
                        .all())
                .contains(referent);
    }

    @Test
    void what_ends_the_walk_is_reached_and_what_lies_behind_it_is_not() throws IOException {
        writer.type("shop.End", "java.lang.Object", "content").type("shop.Last", "shop.End");
        long behind = writer.object("shop.Empty");
        long end = writer.object("shop.Last", behind);
        assertThat(from(writer.object("shop.Box", end)).all()).contains(end).doesNotContain(behind);
    }

    @Test
    void an_object_that_is_named_as_an_end_is_not_walked_on_from() throws IOException {
        long behind = writer.object("shop.Empty");
        long end = writer.object("shop.Box", behind);
        ends = Set.of(end);
        assertThat(from(writer.object("shop.Box", end)).all()).contains(end).doesNotContain(behind);
    }

    @Test
    void static_fields_are_asked_for_by_the_name_of_the_class() throws IOException {
        long held = writer.object("shop.Empty");
        writer.type("shop.Holder", "java.lang.Object", held);
        Heap heap = Heap.open(writer.to(folder.resolve("h.hprof")));
        List<Long> classes = heap.classes("shop.Holder"::equals);
        assertThat(classes).hasSize(1);
        assertThat(heap.staticReferences(classes.get(0))).containsExactly(held);
    }
}
