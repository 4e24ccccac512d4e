/** Records what the JDK itself runs. */
@NullMarked
package dev.asyncinspect.integrations.jdk;

import org.jspecify.annotations.NullMarked;
