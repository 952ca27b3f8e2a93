"""The citizens' page."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from wiring import bureau

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(Path(__file__).parent / "pages")


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> HTMLResponse:
    facts = vars(bureau())
    return templates.TemplateResponse(request, "chat.html", {**facts, "static": "/static"})
