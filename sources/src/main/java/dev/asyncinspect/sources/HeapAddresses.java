package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Addresses of a heap ({@code java.net.InetAddress}) as texts that can be compared. */
final class HeapAddresses {

    /*
     *   Inet4Address ──holder──► address: a number
     *   Inet6Address ──holder6─► ipaddress ──► sixteen bytes, which refer to nothing: they are read all at once
     *
     * An address of IPv4 that is written as one of IPv6 (::ffff:127.0.0.1) is the one of IPv4. The scope of an address
     * (fe80::1%eth0) is left out: with both ports it makes no difference.
     */

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final int LENGTH = 16;

    private final Map<Long, String> texts = new HashMap<>();

    /** Of these objects; what is no address, or one that stands for any (0.0.0.0), is passed over. */
    HeapAddresses(Heap heap, Collection<Long> addresses) {
        Map<Long, Long> arrayOf = new HashMap<>();
        List<Long> arrays = new ArrayList<>();
        for (long address : addresses) {
            if (heap.isA(address, "java.net.Inet4Address")) {
                add(address, HexFormat.of().toHexDigits((int)
                        heap.number(heap.reference(address, "holder"), "address")));
            } else if (heap.isA(address, "java.net.Inet6Address")) {
                long array = heap.reference(heap.reference(address, "holder6"), "ipaddress");
                arrayOf.put(address, array);
                arrays.add(array);
            }
        }
        Map<Long, byte[]> bytes = arrays.isEmpty() ? Map.of() : heap.bytes(arrays);
        arrayOf.forEach((address, array) -> {
            byte[] content = bytes.get(array);
            if (content != null && content.length == LENGTH) {
                boolean mapped = Arrays.equals(content, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
                add(address, HexFormat.of().formatHex(content, mapped ? MAPPED.length : 0, LENGTH));
            }
        });
    }

    private void add(long address, String text) {
        if (!text.chars().allMatch(digit -> digit == '0')) {
            texts.put(address, text);
        }
    }

    /** In hexadecimal digits, 8 or 32; null if it is none of them. */
    @Nullable
    String of(long address) {
        return texts.get(address);
    }
}
