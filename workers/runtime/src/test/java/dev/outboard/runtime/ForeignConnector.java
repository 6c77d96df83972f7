package dev.outboard.runtime;

import dev.outboard.spi.Connector;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A connector whose class another loader defined, as that of a plug-in's; it notes each call's context class loader. */
final class ForeignConnector {
    final ClassLoader loader = new URLClassLoader(new URL[0], Connector.class.getClassLoader());
    final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();
    private final FakeConnector behind = FakeConnector.quick();
    final Connector connector = (Connector) Proxy.newProxyInstance(loader, new Class<?>[]{Connector.class},
            (_, method, arguments) -> {
                if (method.getDeclaringClass() != Object.class) {
                    loaders.put(method.getName(), Thread.currentThread().getContextClassLoader());
                }
                return method.invoke(behind, arguments);
            });
}
