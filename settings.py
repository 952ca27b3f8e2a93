"""All configuration, read once from the environment or `.env`; every default works."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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

    vault_keys: SecretStr = SecretStr("")
    """The keys of the vault, `name:base64` each, the sealing one first; empty means the file
    `vault.keys` in `var`, made on the first run: for development."""

    keep_vault_hours: int = Field(default=24, gt=0)
    """How long a number that a citizen typed stays in the vault."""

    keep_conversations_days: int = Field(default=30, gt=0)
    keep_gaps_days: int = Field(default=365, gt=0)
    keep_applications_days: int = Field(default=730, gt=0)
    """After the last change of a decided application."""
    keep_audit_days: int = Field(default=1096, gt=0)
    """Not less than three years: 个人信息保护法 第五十六条."""

    application_number: str = r"20\d{2}(0[1-9]|1[0-2])\d{4,6}"
    """What the bureau's application numbers look like, as a regular expression."""
    application_example: str = "2026110001"

    code_sender: Literal["console", "file"] = "console"
    """How one-time codes leave; `file` appends them to `codes.txt` in `var`."""

    push_secret: SecretStr = SecretStr("")
    """Signs pushed applications (HMAC-SHA-256); empty refuses all."""

    back_office_url: str = ""
    """Where the JSON back office answers; empty means the bureau's own table of applications."""
    back_office_secret: SecretStr = SecretStr("")
    back_office_timeout: float = Field(default=1.0, gt=0)
    """For one call; the whole look-up takes three times that at most."""

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
    def keep_vault(self) -> timedelta:
        return timedelta(hours=self.keep_vault_hours)

    @property
    def periods(self) -> dict[str, timedelta]:
        """How long each kind is kept, by its name."""
        kinds = ("conversations", "gaps", "applications", "audit")
        return {kind: timedelta(days=getattr(self, f"keep_{kind}_days")) for kind in kinds}

    @property
    def tracker(self) -> str:
        """Rasa's own conversations."""
        return f"sqlite:///{self.var / 'tracker.db'}"

    @property
    def vault_key_file(self) -> Path:
        return self.var / "vault.keys"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"


@cache
def settings() -> Settings:
    return Settings()
