/**
 * Plug-ins: folders of jars, each loaded apart from the worker and from all others, so that two may bring two versions of
 * one library. {@link dev.outboard.runtime.plugin.PluginFolder} loads one and gives the services in it; which services, it
 * does not know. {@link dev.outboard.runtime.plugin.Print} tells whether a folder has changed,
 * {@link dev.outboard.runtime.plugin.Copies} keeps the jars of what is loaded from changing with it.
 *
 * <p>
 * It depends on the JDK alone.
 */
@NullMarked
package dev.outboard.runtime.plugin;

import org.jspecify.annotations.NullMarked;
