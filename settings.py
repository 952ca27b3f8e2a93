"""All configuration, read once from the environment or `.env`; every default works."""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names of environment variables are the field names in capitals. Times are in seconds."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    bureau: str = "民政局"
    hotline: str = "12345"
    address: str = "地址以本局公告为准"
    hours: str = "工作日上班时间，以本局公告为准"
    region: str = ""
    """The bureau's own region, as named in `knowledge/standards`; its local amounts are given."""

    time_zone: str = "Asia/Shanghai"

    var: Path = Path("var")
    database_url: str = ""
    """SQLAlchemy form; empty means the SQLite file `assistant.db` in `var`."""

    encoder: str = "m3e-small"
    encoder_en: str = "minilm"

    port: int = Field(default=8000, ge=1, le=65535)
    rasa_port: int = Field(default=5005, ge=1, le=65535)
    actions_port: int = Field(default=5055, ge=1, le=65535)

    turn_deadline: float = Field(default=4.0, gt=0)
    """How long the API waits for Rasa; WeChat calls again after 5 s."""

    retry_rasa_after: float = Field(default=10.0, ge=0)
    """How long turns go straight to knowledge after Rasa failed."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.var / 'assistant.db'}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"


@cache
def settings() -> Settings:
    return Settings()
