package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.stream.Stream;

/** A mathematician who computes without ever pausing. */
final class CpuBoundTask implements Fault {

    @Override
    public String name() {
        return "cpu-bound-task";
    }

    @Override
    public String about() {
        return "a mathematician who computes for ever and never pauses";
    }

    @Override
    public Size size() {
        return Size.of("mathematicians", 1, 1, 100);
    }

    @Override
    public void start(Ward ward) {
        List<Collatz> searches =
                Stream.generate(Collatz::new).limit(ward.size()).toList();
        for (int i = 0; i < searches.size(); i++) {
            Collatz collatz = searches.get(i);
            ward.hire("mathematician", i + 1, collatz::search, collatz::searchSome);
        }
        if (ward.healthy()) {
            ward.settle();
        } else {
            ward.awaitProgress(searches);
        }
    }
}
