package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Phaser}, found from the node that those park at who wait for its next phase. */
final class PhaserReader implements ObjectReader {

    /*
     *   state   │ phase (32 bits) │ parties (16) │ not arrived (16) │        no parties: not arrived is 1
     */

    private static final String PHASER = "java.util.concurrent.Phaser";
    private static final long SIXTEEN = 0xffff;

    private final FieldReader state;
    private final FieldReader phaser;
    private final @Nullable Class<?> node;

    PhaserReader(JdkDoor door) {
        state = door.field(PHASER, "state");
        phaser = door.field(PHASER + "$QNode", "phaser");
        node = door.type(PHASER + "$QNode");
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (node != null && node.isInstance(object)) {
            sample.link(object, Relation.AWAITS, phaser.get(object));
        } else if (object instanceof Phaser) {
            phases(object, sample);
        } else {
            return false;
        }
        return true;
    }

    private void phases(Object object, Sample sample) {
        if (state.exists()) {
            long now = state.number(object, 0);
            long parties = now >>> 16 & SIXTEEN;
            sample.number(object, Relation.PHASE, now >>> 32 & Integer.MAX_VALUE);
            sample.number(object, Relation.PARTIES, parties);
            sample.number(object, Relation.ARRIVED, parties == 0 ? 0 : parties - (now & SIXTEEN));
        }
    }
}
