"""An upgrade makes a copy first, and whatever happens the file has the old schema or the new one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rmdesk.base import clock, paths
from rmdesk.base.errors import Refused, Trouble
from rmdesk.models.all import Model
from rmdesk.models.clients import Client
from rmdesk.models.kinds import new_id
from rmdesk.models.migrations import HEAD
from rmdesk.models.visits import Visit
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import backup, container, engine, migrate, restoring, writing
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support import disks
from tests.support.build import KEY, perform

# The invented step rebuilds a table that has indexes over expressions.
pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
NEXT = f"{int(HEAD) + 1:04}"
STEP = f'''
from alembic import op
import sqlalchemy as sa
revision, down_revision = "{NEXT}", "{HEAD}"
def upgrade():
    op.create_table("keepsake", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.execute("INSERT INTO keepsake (name) SELECT name FROM saved_view")
    op.execute("UPDATE saved_view SET name = name || '!'")
    {{point}}
    with op.batch_alter_table("client") as batch:
        batch.add_column(sa.Column("nickname", sa.Text))
        batch.alter_column("name", existing_type=sa.Text, nullable=False, server_default="?")
    {{late}}
'''


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the program's steps, to which a test adds one."""
    copy = tmp_path / "steps % of a test"
    shutil.copytree(paths.package("models", "migrations"), copy)
    return copy


def add_step(scripts: Path, point: str = "pass", late: str = "pass") -> None:
    (scripts / "versions" / f"{NEXT}_next.py").write_text(STEP.format(point=point, late=late), "utf-8")


def fill(store: Store) -> None:
    store.perform(SaveView("clients", "mine", {"x": 1}))
    connection = engine.connect(store.path, KEY)
    connection.execute("INSERT INTO branch (code, name) VALUES ('001', '滨江')")
    connection.close()


def schema(path: Path) -> list[tuple[str, str]]:
    connection = engine.connect(path, KEY)
    found = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    found += connection.execute("SELECT name, spec FROM saved_view").fetchall()
    found += connection.execute("SELECT 'version', version_num FROM alembic_version").fetchall()
    connection.close()
    return list(found)


# Links of columns that were added cannot be compared here, nor indexes over expressions; tests/shape does.
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression")
def test_head_equals_the_models(store: Store) -> None:
    made = writing.engine(store.path, KEY)
    opts = {
        "compare_type": True,
        "compare_server_default": True,
        "include_object": lambda _thing, name, kind, _there, _other: (
            kind != "foreign_key_constraint" and not str(name).startswith("search_index")
        ),
    }
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Model.metadata) == []
    made.dispose()


def test_nothing_happens_at_head(store: Store) -> None:
    before = store.path.read_bytes()
    migrate.bring_up(store.path, KEY)
    assert store.path.read_bytes() == before
    assert backup.backups_of(store.folder) == ()


def test_an_upgrade_keeps_the_data_and_a_backup_from_before(store: Store, scripts: Path) -> None:
    fill(store)
    before = schema(store.path)
    add_step(scripts)
    (store.folder / "rmdesk-before-0000-to-0001.db").write_bytes(b"of an earlier upgrade")
    migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert migrate.version_of(store.path, KEY) == NEXT
    names = store.read(lambda reads: reads.rows("SELECT keepsake.name, saved_view.name FROM keepsake, saved_view"))
    assert names == [("mine", "mine!")]
    (made,) = backup.backups_of(store.folder)
    assert container.about(made.path).why == "upgrade"
    assert list(store.folder.glob("*before*")) == []  # they held clients erased since
    restoring.restore_over(made.path, store.folder, KEY)
    assert schema(store.path) == before


def test_rebuilding_a_table_keeps_what_points_to_it(store: Store, scripts: Path) -> None:
    def arrange(work: UnitOfWork) -> None:
        work.add(Client(id=7, name="王"))
        work.flush()
        work.add(
            Visit(id=new_id(), client_id=7, state="held", channel="phone", on=clock.today(), entered_at=clock.now())
        )

    perform(store, arrange)
    add_step(scripts)
    migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM visit WHERE client_id = 7")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"point": "raise ValueError('bug')"},
        {"late": "raise ValueError('bug')"},
        {"point": "op.execute('SELECT nothing FROM nowhere')"},
    ],
)
def test_a_step_that_fails_leaves_the_old_schema(store: Store, scripts: Path, fault: dict[str, str]) -> None:
    fill(store)
    before = schema(store.path)
    add_step(scripts, **fault)
    with pytest.raises((ValueError, engine.dbapi2.OperationalError)):
        migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert schema(store.path) == before
    add_step(scripts)
    migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert migrate.version_of(store.path, KEY) == NEXT


def test_links_that_would_break_stop_the_upgrade(store: Store, scripts: Path) -> None:
    before = schema(store.path)
    add_step(
        scripts,
        late='op.execute("CREATE TABLE pet (id INTEGER, owner INTEGER REFERENCES client (id))");'
        ' op.execute("INSERT INTO pet VALUES (1, 999)")',
    )
    with pytest.raises(Trouble, match="1 links would break"):
        migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert schema(store.path) == before


UPGRADE = """
import sys
from pathlib import Path
from rmdesk.services.store import migrate
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import KEY, perform
migrate.bring_up(Path(sys.argv[1]), KEY, head=sys.argv[3], scripts=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("where", ["point", "late"])
def test_a_process_that_dies_in_the_middle_leaves_the_old_schema(store: Store, scripts: Path, where: str) -> None:
    fill(store)
    before = schema(store.path)
    add_step(scripts, **{where: "import os; os._exit(9)"})
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE, str(store.path), str(scripts), NEXT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 9, done.stderr
    assert schema(store.path) == before
    add_step(scripts)
    migrate.bring_up(store.path, KEY, head=NEXT, scripts=scripts)
    assert migrate.version_of(store.path, KEY) == NEXT


@pytest.mark.parametrize("theirs", [NEXT, "9999", "a1b2c3", "00001"])
def test_a_newer_file_is_refused_and_not_touched(store: Store, theirs: str) -> None:
    connection = engine.connect(store.path, KEY)
    connection.execute("UPDATE alembic_version SET version_num = ?", (theirs,))
    connection.close()
    before = store.path.read_bytes()
    with pytest.raises(Refused, match="newer rmdesk") as refused:
        migrate.bring_up(store.path, KEY)
    assert refused.value.code == "newer_file"
    assert store.path.read_bytes() == before


def test_without_room_for_the_copy_nothing_is_upgraded(tmp_path: Path, template: Path, scripts: Path) -> None:
    add_step(scripts)
    with disks.small_disk(tmp_path / "disk", "4m") as disk:
        path = disk / "rmdesk.db"
        shutil.copyfile(template, path)
        before = schema(path)
        disks.fill(disk, leave=96 << 10)
        with pytest.raises(Trouble) as trouble:
            migrate.bring_up(path, KEY, head=NEXT, scripts=scripts)
        assert trouble.value.code == "disk_full"
        (disk / "ballast").unlink()
        assert schema(path) == before
        assert backup.backups_of(disk) == ()


def test_a_file_of_the_first_version_becomes_one_of_today(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine.connect(path, KEY, create=True).close()
    migrate.bring_up(path, KEY, head="0001")
    connection = engine.connect(path, KEY)
    connection.execute("INSERT INTO client (id, number, origin, kind, status, name, pinyin, initials) "
                       "VALUES (1, '1', 'bank', 'person', 'active', '测试甲', '', '')")  # fmt: skip
    connection.execute(
        'INSERT INTO visit (id, client_id, state, channel, "on", two_way, inbound, marketing, entered_at) '
        "VALUES ('v', 1, 'held', 'phone', '2026-01-05', 1, 0, 0, '2026-01-05T01:00:00.000+00:00')"
    )
    connection.execute("INSERT INTO complaint (id, client_id, text, severity, received_on, allowed_days, state) "
                       "VALUES ('c', 1, 'slow', 300, '2026-01-05', 15, 'open')")  # fmt: skip
    connection.commit()
    connection.close()
    migrate.bring_up(path, KEY)
    assert migrate.version_of(path, KEY) == HEAD
    connection = engine.connect(path, KEY)
    assert connection.execute('SELECT on_, next_on FROM (SELECT "on" AS on_, next_on FROM visit)').fetchall() == [
        ("2026-01-05", None)
    ]
    assert connection.execute("SELECT text, hard FROM complaint").fetchall() == [("slow", 0)]
    connection.close()
