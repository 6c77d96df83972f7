package dev.outboard.api;

import dev.outboard.api.door.MetricsDoor;
import dev.outboard.api.door.OpenApiDoor;
import dev.outboard.api.door.Waiters;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Drain;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The paths that the doors serve, as they register them. */
public final class Routes {
    private Routes() {}

    public static List<String> all() {
        var paths = new ArrayList<String>();
        var drain = new Drain();
        var jobs = new FakeJobs();
        var doors = new HashMap<HttpService, String>();
        ApiServer.doors(new Body(1024), drain, jobs, new Waiters(jobs, drain, 1))
                .forEach((prefix, door) -> doors.put(door, prefix));
        doors.put(new OpenApiDoor(), "");
        doors.put(new MetricsDoor(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)), "");
        doors.forEach((door, prefix) -> {
            var rules = (HttpRules) Proxy.newProxyInstance(Routes.class.getClassLoader(),
                    new Class<?>[]{HttpRules.class}, (self, method, args) -> {
                        if (!method.getName().equals("any") || !(args[0] instanceof String path)) {
                            throw new AssertionError("a door registers by " + method + ", which this does not follow");
                        }
                        paths.add(prefix + path);
                        return self;
                    });
            door.routing(rules);
        });
        return paths;
    }
}
