package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap in many segments, which several threads read, is the same as in one. */
class HeapSegmentsTest {

    private static final int BOXES = 2_000;
    private static final int FILLING = 40_000; // bytes, so that there is more than one batch of segments

    @TempDir
    Path folder;

    /** Boxes in a chain, each with a text and a number; some in an array; in an order of ids that falls now and then. */
    private HprofWriter heap(int idSize, boolean inSegments, List<Long> boxes, List<Long> texts) {
        HprofWriter heap = new HprofWriter(idSize)
                .type("java.lang.String", "java.lang.Object", "value", "coder:byte")
                .type("shop.Box", "java.lang.Object", "content", "text", "number:int")
                .type("shop.Leaf", "java.lang.Object", "number:int");
        for (int i = 0; i < BOXES; i++) {
            boxes.add(heap.newId());
        }
        Random random = new Random(1);
        String filling = "x".repeat(FILLING);
        for (int i = 0; i < BOXES; i++) {
            if (inSegments && random.nextInt(4) == 0) {
                heap.cut();
            }
            int box = (i * 7) % BOXES;
            texts.add(heap.string(i % 2 == 0 ? "box " + box : filling));
            heap.object(boxes.get(box), "shop.Box", boxes.get((box + 1) % BOXES), texts.get(i), box);
        }
        heap.cut().array(boxes.get(0), 0, boxes.get(5));
        return heap.root(boxes.get(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void a_heap_in_many_segments_is_the_same_as_in_one(int idSize) throws IOException {
        List<Long> boxes = new ArrayList<>();
        List<Long> texts = new ArrayList<>();
        Heap one = Heap.open(
                heap(idSize, false, new ArrayList<>(), new ArrayList<>()).to(folder.resolve("one.hprof")));
        Heap many = Heap.open(heap(idSize, true, boxes, texts).to(folder.resolve("many.hprof")));
        assertThat(many.numbers()).isEqualTo(one.numbers());
        assertThat(many.instancesOf("shop.Box"))
                .isEqualTo(one.instancesOf("shop.Box"))
                .hasSize(BOXES);
        for (int i = 0; i < BOXES; i++) {
            long box = boxes.get(i);
            assertThat(many.number(box, "number")).isEqualTo(i);
            assertThat(many.reference(box, "content")).isEqualTo(boxes.get((i + 1) % BOXES));
        }
        assertThat(many.texts(texts)).isEqualTo(one.texts(texts)).containsEntry(texts.get(2), "box 14");
        Set<Long> roots = new HashSet<>();
        many.roots(roots::add);
        assertThat(roots).contains(boxes.get(3));
    }

    @Test
    void classes_that_come_after_their_objects_are_known_in_the_end() throws IOException {
        HprofWriter heap = new HprofWriter(8).type("shop.Early", "java.lang.Object", "content");
        heap.cut().array(1, 2);
        heap.cut();
        long early = heap.object("shop.Early", 77);
        heap.cut();
        heap.type("shop.Late", "java.lang.Object", "content");
        long late = heap.object("shop.Late", 78);
        Heap read = Heap.open(heap.to(folder.resolve("late.hprof")));
        assertThat(read.classNames(List.of(early, late))).isEqualTo(Map.of(early, "shop.Early", late, "shop.Late"));
        assertThat(read.reference(late, "content")).isEqualTo(78);
        assertThat(read.instancesOf("shop.Late")).containsExactly(late);
    }

    @Test
    void leaves_are_found_by_their_ids_wherever_they_stand() throws IOException {
        HprofWriter heap = new HprofWriter(8).type("shop.Leaf", "java.lang.Object", "number:int");
        List<Long> leaves = new ArrayList<>();
        List<Long> texts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            leaves.add(heap.object("shop.Leaf", i));
            texts.add(heap.string("text " + i));
        }
        Heap read = Heap.open(heap.to(folder.resolve("leaves.hprof")));
        assertThat(read.classNames(leaves)).hasSize(5_000).containsValue("shop.Leaf");
        assertThat(read.classNames(List.of(leaves.get(4_321)))).containsOnlyKeys(leaves.get(4_321));
        assertThat(read.texts(List.of(texts.get(0), texts.get(4_999), 12L)))
                .isEqualTo(Map.of(texts.get(0), "text 0", texts.get(4_999), "text 4999", 12L, ""));
    }

    @Test
    void damage_in_a_segment_that_another_thread_reads_is_told() throws IOException {
        HprofWriter heap = heap(8, true, new ArrayList<>(), new ArrayList<>());
        byte[] bytes = heap.bytes();
        int last = bytes.length - 9 - 17; // before the end of the segments, the record of the root
        assertThat(bytes[last]).isEqualTo((byte) 0x01);
        bytes[last] = 0x55;
        Path file = Files.write(folder.resolve("damaged.hprof"), bytes);
        assertThatThrownBy(() -> Heap.open(file))
                .isInstanceOf(DamagedHeapException.class)
                .hasMessage("an unknown record 85 at byte " + last);
    }
}
