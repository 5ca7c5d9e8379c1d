//! Links between readings: copies, entities, statements, origins, stories.
