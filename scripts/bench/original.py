"""
Does with an upload and a download what the text of contract 1 says of its server, and no more, in FastAPI's own way. It
checks the key, the type, the extension and the room on the disk (401, 400, 507). It writes the file in pieces to a
temporary one while it takes its SHA-256, and moves that to the path of the download address. Then it records version and
package in one transaction of its SQLite database, and answers with the package's id. An upload that is acknowledged must
be in both places, so SQLite syncs as it does by default. The text does not say whether the file is synced: with SYNC_FILES
the file and its folder are. There are no rate limits, no check for another package at that place, no cleanup and no log.
"""
import hashlib
import os
import shutil
import sqlite3
import tempfile

from fastapi import FastAPI, File, Form, HTTPException, UploadFile
from fastapi.responses import FileResponse

API_KEY = os.environ["API_KEY"]
SYNC_FILES = os.environ.get("SYNC_FILES") == "1"
FOLDERS = {"full": "full", "patch": "patches", "hotfix": "hotfixes"}
EXTENSIONS = (".zip", ".7z", ".tar.gz", ".exe", ".msi")
CHUNK_BYTES = 1 << 20
CRITICAL_PERCENT = 90

app = FastAPI()
os.makedirs("temp", exist_ok=True)
db = sqlite3.connect("omega_updates.db", check_same_thread=False)
db.executescript("""
CREATE TABLE IF NOT EXISTS versions (
  id INTEGER PRIMARY KEY, version TEXT NOT NULL, platform TEXT NOT NULL, arch TEXT NOT NULL, description TEXT,
  is_stable INTEGER NOT NULL, is_critical INTEGER NOT NULL, release_date TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (version, platform, arch));
CREATE TABLE IF NOT EXISTS packages (
  id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions (id), package_type TEXT NOT NULL,
  from_version TEXT, package_name TEXT NOT NULL, package_size INTEGER NOT NULL, sha256 TEXT NOT NULL, path TEXT NOT NULL,
  download_count INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX IF NOT EXISTS packages_version ON packages (version_id);
""")


def sync_folder(path: str) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@app.post("/api/v1/upload/package")
async def upload_package(
    version: str = Form(...),
    package_type: str = Form(...),
    description: str = Form(""),
    is_stable: bool = Form(True),
    is_critical: bool = Form(False),
    platform: str = Form("windows"),
    arch: str = Form("x64"),
    from_version: str | None = Form(None),
    api_key: str = Form(...),
    file: UploadFile = File(...),
):
    if api_key != API_KEY:
        raise HTTPException(401, "INVALID_API_KEY")
    extension = next((known for known in EXTENSIONS if (file.filename or "").endswith(known)), None)
    if package_type not in FOLDERS or extension is None or os.path.basename(version) != version:
        raise HTTPException(400, "INVALID_PACKAGE")
    disk = shutil.disk_usage(".")
    if disk.free < (file.size or 0) or disk.used > disk.total * CRITICAL_PERCENT / 100:
        raise HTTPException(507, "INSUFFICIENT_STORAGE")

    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir="temp", delete=False) as out:
        while chunk := await file.read(CHUNK_BYTES):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        if SYNC_FILES:
            out.flush()
            os.fsync(out.fileno())
    folder = os.path.join("files", FOLDERS[package_type], version)
    since = f"{from_version}-to-v" if from_version else ""
    name = f"omega-v{since}{version}-{package_type}-{platform}-{arch}{extension}"
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    os.replace(out.name, path)
    if SYNC_FILES:
        sync_folder(folder)
        sync_folder(os.path.dirname(folder))

    with db:
        db.execute(
            "INSERT INTO versions (version, platform, arch, description, is_stable, is_critical) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (version, platform, arch, description, is_stable, is_critical),
        )
        package_id = db.execute(
            "INSERT INTO packages (version_id, package_type, from_version, package_name, package_size, sha256, path)"
            " SELECT id, ?, ?, ?, ?, ?, ? FROM versions WHERE version = ? AND platform = ? AND arch = ?",
            (package_type, from_version, name, size, digest.hexdigest(), path, version, platform, arch),
        ).lastrowid
    return {
        "message": "uploaded",
        "package_id": package_id,
        "version": version,
        "package_type": package_type,
        "file_size": size,
        "sha256": digest.hexdigest(),
        "download_url": f"/downloads/{FOLDERS[package_type]}/{version}/{name}",
    }


@app.get("/files/{name}")
async def download(name: str):
    return FileResponse(os.path.join("files", os.path.basename(name)))
