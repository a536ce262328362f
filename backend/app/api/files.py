"""Sending a finished file. Under `mundi serve` the ASGI shell does this, and holds no thread."""

from flask import Response, send_file

from app.services.export import FileView


def send(file: FileView) -> Response:
    """Send a file with its hash as ETag, in ranges if asked."""
    response = send_file(
        file.path,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.filename,
        conditional=True,
        etag=file.sha256,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response
