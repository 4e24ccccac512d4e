package dev.asyncinspect.examples.clinic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two translators of one dictionary, each of whom looks up the other's word while the entry of his own is being written. */
final class LockCycleMap implements Fault {

    @Override
    public String name() {
        return "lock-cycle-map";
    }

    @Override
    public String about() {
        return "translators who look up each other's word inside computeIfAbsent (ConcurrentHashMap)";
    }

    @Override
    public Size size() {
        return Size.fixed("translators", 2);
    }

    @Override
    public void start(Ward ward) {
        Dictionary dictionary = new Dictionary(ward.meeting(2));
        // Repaired: the other word is looked up before the entry is begun. These two lie in different bins of the
        // table.
        ward.hire("translator", 1, () -> dictionary.enter("a", "b"), () -> dictionary.lookUpAndEnter("a", "b"));
        ward.hire("translator", 2, () -> dictionary.enter("b", "a"), () -> dictionary.lookUpAndEnter("b", "a"));
        ward.settle();
    }

    private record Dictionary(Map<String, Integer> entries, Meeting meeting) {

        Dictionary(Meeting meeting) {
            this(new ConcurrentHashMap<>(), meeting);
        }

        int enter(String word, String synonym) {
            return entries.computeIfAbsent(word, w -> {
                meeting.arrive();
                return 1 + entries.computeIfAbsent(synonym, s -> 1);
            });
        }

        int lookUpAndEnter(String word, String synonym) {
            int known = entries.computeIfAbsent(synonym, s -> 1);
            return entries.computeIfAbsent(word, w -> 1 + known);
        }
    }
}
