package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits for whom in one snapshot, as plain arrays: nodes are positions in the snapshot's lists. */
final class WaitGraph {

    /*
     * A task waits at most at one gate. A gate is a resource together with the way it is wanted, because a reader of a
     * read-write lock waits for the writer alone while a writer waits for every reader:
     *
     *   gate 2r    resource r wanted EXCLUSIVE: its holders are all holders of r
     *   gate 2r+1  resource r wanted SHARED:    its holders are the EXCLUSIVE holders of r
     *
     *   task ──gate[task]──► gate ──holders──► tasks
     *
     * A gate without known holders is open: nothing follows from it. A wait with a timeout is not in the graph at all, it
     * ends by itself. So a missing edge can hide a deadlock but never make one up.
     *
     * Cost: 4 bytes a task, 9 bytes a gate, 4 bytes a holder; no object per node, so that a million tasks fit in a few
     * cache-friendly arrays.
     */

    /** Stands for a task that waits at no gate. */
    static final int NONE = -1;

    private final int[] gateOfTask;
    private final int[] firstHolder;
    private final int[] holders;
    private final boolean[] needsAll;

    private WaitGraph(int[] gateOfTask, int[] firstHolder, int[] holders, boolean[] needsAll) {
        this.gateOfTask = gateOfTask;
        this.firstHolder = firstHolder;
        this.holders = holders;
        this.needsAll = needsAll;
    }

    static WaitGraph of(Snapshot snapshot) {
        List<Task> tasks = snapshot.tasks();
        List<Resource> resources = snapshot.resources();
        int[] gateOfTask = new int[tasks.size()];
        for (int task = 0; task < gateOfTask.length; task++) {
            gateOfTask[task] = gateOf(snapshot, tasks.get(task).waiting());
        }
        int gates = 2 * resources.size();
        int[] firstHolder = new int[gates + 1];
        boolean[] needsAll = new boolean[gates];
        int[] holders = new int[resources.size()];
        int used = 0;
        for (int gate = 0; gate < gates; gate++) {
            Resource resource = resources.get(gate >> 1);
            boolean shared = (gate & 1) == 1;
            needsAll[gate] = resource.needs() == Resource.Needs.ALL_HOLDERS;
            firstHolder[gate] = used;
            for (Hold hold : resource.knownHolders()) {
                int task = snapshot.taskIndex(hold.taskId());
                if (task < 0) {
                    used = firstHolder[gate]; // a holder that is no longer there: nothing follows from this gate
                    break;
                }
                if (!shared || hold.mode() == AccessMode.EXCLUSIVE || !needsAll[gate]) {
                    if (used == holders.length) {
                        holders = Arrays.copyOf(holders, Math.max(16, used * 2));
                    }
                    holders[used++] = task;
                }
            }
        }
        firstHolder[gates] = used;
        return new WaitGraph(gateOfTask, firstHolder, holders, needsAll);
    }

    private static int gateOf(Snapshot snapshot, @Nullable Wait wait) {
        if (wait == null || wait.bound() == Bound.TIMED) {
            return NONE;
        }
        int resource = snapshot.resourceIndex(wait.resourceId());
        if (resource < 0 || snapshot.resources().get(resource).kind() == ResourceKind.SLEEP) {
            return NONE;
        }
        return 2 * resource + (wait.mode() == AccessMode.SHARED ? 1 : 0);
    }

    int tasks() {
        return gateOfTask.length;
    }

    int gates() {
        return needsAll.length;
    }

    /** The gate a task waits at, {@link #NONE} if it does not wait, or not for ever. */
    int gateOf(int task) {
        return gateOfTask[task];
    }

    /** Position of the resource behind a gate. */
    int resourceOf(int gate) {
        return gate >> 1;
    }

    /** Whether every holder of this gate must go on before a waiter can, not just one. */
    boolean needsAll(int gate) {
        return needsAll[gate];
    }

    int holderCount(int gate) {
        return firstHolder[gate + 1] - firstHolder[gate];
    }

    int holder(int gate, int index) {
        return holders[firstHolder[gate] + index];
    }
}
