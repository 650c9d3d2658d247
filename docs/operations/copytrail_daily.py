"""An Airflow DAG (3.1 and later): each day's crawl, when the day is over.

Copy it to the folder of your DAGs. copytrail has an environment of its own, in COPYTRAIL_HOME, and
is started as a process: Airflow's packages and its own never meet. Its folders are named by the
variables of docs/operations/nightly. After `airflow backfill create` a day that was made anew says
which later days looked back on it.
"""

import os
import subprocess
from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

HOME = os.environ.get("COPYTRAIL_HOME", "/opt/copytrail")


@dag(
    schedule="17 3 * * *",
    start_date=datetime(2026, 3, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=10)},
)
def copytrail_daily() -> None:
    """One run a day."""

    @task
    def publish_day(data_interval_end: datetime | None = None) -> None:
        """Runs the day before; every exit code becomes what Airflow does with it."""
        end = data_interval_end or datetime.now(UTC)
        day = (end - timedelta(days=1)).date().isoformat()
        code = subprocess.run([f"{HOME}/docs/operations/nightly", day], check=False).returncode
        if code == 75:
            raise AirflowSkipException("another run works on the output folder")
        if code in (2, 4):  # wrong settings, held back by a check: another try changes nothing
            raise AirflowFailException(f"copytrail ended with {code}; its log says what to do")
        if code not in (0, 3):
            raise AirflowException(f"copytrail ended with {code}; the next try goes on from there")

    publish_day()


copytrail_daily()
