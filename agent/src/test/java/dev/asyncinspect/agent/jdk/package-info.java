@NullMarked
package dev.asyncinspect.agent.jdk;

import org.jspecify.annotations.NullMarked;
