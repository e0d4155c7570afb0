"""/metrics, for monitors."""

from fastapi import APIRouter, Request, Response

from app.dependencies import Ctx
from app.errors import NotFound
from app.metrics.access import may_read_metrics
from app.metrics.instruments import MEDIA_TYPE
from grader.translation import gettext as _

metrics_router = APIRouter(include_in_schema=False)


@metrics_router.get("/metrics")
def get_metrics(request: Request, context: Ctx) -> Response:
    """The metrics of this process and of the queue. To whom they are not open there is nothing here."""
    client = request.client.host if request.client else ""
    if not may_read_metrics(context.settings, client, request.headers):
        raise NotFound(_("There is nothing at this address."))
    return Response(context.metrics.exposition(), media_type=MEDIA_TYPE)
