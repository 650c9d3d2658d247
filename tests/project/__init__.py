"""The project itself: layout, documents, images, imports."""
