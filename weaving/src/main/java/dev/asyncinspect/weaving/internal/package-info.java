/** The classes that woven code calls: their layout as data, their bytes, and the slots seen from our side. Nobody's API. */
@NullMarked
package dev.asyncinspect.weaving.internal;

import org.jspecify.annotations.NullMarked;
