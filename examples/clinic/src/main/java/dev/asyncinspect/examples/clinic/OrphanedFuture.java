package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CompletableFuture;

/** Customers who wait for a parcel that was lost on the way, and the carrier told nobody. */
final class OrphanedFuture implements Fault {

    @Override
    public String name() {
        return "orphaned-future";
    }

    @Override
    public String about() {
        return "customers who wait for parcels whose carrier gave up without telling them (CompletableFuture)";
    }

    @Override
    public Size size() {
        return Size.of("customers", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            // Repaired: whoever gives up says so.
            ward.hire("customer", number, () -> new Parcel().fetch(false), () -> new Parcel().fetch(true));
        }
        ward.settle();
    }

    private static final class Parcel {

        private final CompletableFuture<String> delivered = new CompletableFuture<>();

        void fetch(boolean tells) {
            deliver(tells);
            delivered.join();
        }

        private void deliver(boolean tells) {
            try {
                delivered.complete(address().strip());
            } catch (IllegalStateException e) {
                if (tells) {
                    delivered.complete("returned to sender");
                }
            }
        }

        private static String address() {
            throw new IllegalStateException("the label came off");
        }
    }
}
