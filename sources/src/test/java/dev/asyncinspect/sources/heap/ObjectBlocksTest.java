package dev.asyncinspect.sources.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectBlocksTest {

    @TempDir
    Path folder;

    @Test
    void only_the_pieces_are_read_that_may_hold_what_is_wanted() throws IOException {
        HprofWriter writer = new HprofWriter(8).type("shop.Leaf", "java.lang.Object", "number:int");
        long first = writer.newId();
        writer.object(first, "shop.Leaf", 1);
        for (int i = 0; i < 100_000; i++) {
            writer.object("shop.Leaf", i);
        }
        HeapFile file = HeapFile.open(writer.to(folder.resolve("h.hprof")));
        ObjectBlocks blocks = HeapReading.of(file).blocks;
        assertThat(blocks.size()).isBetween(10, 100);
        List<Long> visited = new ArrayList<>();
        HprofVisitor visitor = new HprofVisitor() {
            @Override
            public void instance(long objectId, long classId, long at) {
                visited.add(objectId);
            }
        };
        blocks.visit(file, new long[] {first + 50_000}, visitor);
        assertThat(visited).contains(first + 50_000).hasSizeLessThan(ObjectBlocks.BYTES / 25);
        visited.clear();
        blocks.visit(file, new long[] {1, first + 1_000_000}, visitor);
        assertThat(visited).isEmpty();
    }
}
