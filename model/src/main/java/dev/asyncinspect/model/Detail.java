package dev.asyncinspect.model;

/**
 * One more thing that a source says of a resource, beside who holds it: {@code permits 0}, {@code phase 3}.
 *
 * @param name what it is
 * @param value what the source says
 */
public record Detail(String name, String value) {

    /** {@code permits 0}. */
    @Override
    public String toString() {
        return name + " " + value;
    }
}
