"""To whom our requests for a platform's tokens are addressed, where that is not the address they are sent to.

Revision 0010; follows 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; empty for the address that gives tokens, as before."""
    op.add_column("lti_platforms", sa.Column("token_audience", sa.String(2000), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("lti_platforms", "token_audience")
