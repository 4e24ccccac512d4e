package dev.asyncinspect.model;

import java.util.List;

/**
 * What a pool has given out, as far as its objects say.
 *
 * @param most how many it may have, {@link ThreadAttributes#NONE} if it does not say
 * @param total how many it has
 * @param idle how many of them lie ready
 * @param taken those that were taken and not given back
 */
public record Leases(long most, int total, int idle, List<Lease> taken) {

    public Leases {
        taken = List.copyOf(taken);
    }
}
