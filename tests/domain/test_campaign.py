import pytest

from domain.forms import Form
from domain.reporters import ReporterKind
from tests.factories_domain import campaign


def form(form_id, kind):
    return Form(form_id, "NTM", "BÁO CÁO TUẦN", ReporterKind(kind), "Thông tin chung", (), ())


def test_a_unit_may_use_every_version_of_the_form_of_its_kind_and_no_other():
    forms = (form("commune-v1", "commune"), form("agency-v1", "agency"), form("commune-v2", "commune"))
    of = campaign(forms=forms)
    assert [f.id for f in of.form_for("my_ha")] == ["commune-v1", "commune-v2"]
    assert [f.id for f in of.form_for("pktht")] == ["agency-v1"]


def test_a_unit_outside_the_roster_has_no_form():
    with pytest.raises(KeyError):
        campaign().form_for("cctk")
