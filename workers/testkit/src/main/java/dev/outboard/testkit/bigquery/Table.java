package dev.outboard.testkit.bigquery;

import java.util.List;

/** A table by its full name. In DuckDB a dataset is the schema {@code "project.dataset"}. */
record Table(String project, String dataset, String name) {

    /** @param path one to three parts; the last two are dataset and table, what stands before is the project */
    static Table of(List<String> path, String project, String dataset) {
        int size = path.size();
        return new Table(size > 2 ? String.join(".", path.subList(0, size - 2)) : project,
                size > 1 ? path.get(size - 2) : dataset, path.get(size - 1));
    }

    String schema() {
        return quoted(project + "." + dataset);
    }

    String sql() {
        return schema() + "." + quoted(name);
    }

    @Override
    public String toString() {
        return project + ":" + dataset + "." + name;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
