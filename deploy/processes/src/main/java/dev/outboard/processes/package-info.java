/**
 * The processes of a tool that measures or breaks real ones: started with this JVM's own flags and class path, leashed to
 * their parent, and gone with all that they wrote when the tool ends. It depends on the JDK alone.
 */
@NullMarked
package dev.outboard.processes;

import org.jspecify.annotations.NullMarked;
