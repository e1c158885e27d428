"""The applications an employee is linked with (uitid-documentatie: gebruikers/gekoppelde_service_consumers)."""

from aiohttp import web

from bot.sandbox.uitpas.answers import Refusal, child, response, xml
from bot.sandbox.uitpas.gate import Consumer
from bot.sandbox.uitpas.questions import Question
from bot.sandbox.uitpas.tokens import AccessTokens


class UserCalls:
    """The verbs about an employee's own links. Names of failures are not documented for these calls."""

    def __init__(self, consumer: Consumer, access: AccessTokens) -> None:
        self._consumer = consumer
        self._access = access

    def service_consumers(self, question: Question) -> web.Response:
        """List the linked applications: whoever asks with a token is linked with the one there is."""
        _own_uid(question)
        root = response(code="OK")
        consumer = child(child(root, "serviceconsumers"), "serviceconsumer")
        child(consumer, "ID", str(self._consumer.number))
        child(consumer, "consumerKey", self._consumer.key)
        child(consumer, "name", self._consumer.name)
        child(consumer, "description", self._consumer.description)
        return xml(root)

    def revoke(self, question: Question) -> web.Response:
        """Unlink an application: every token it has of this employee ends."""
        uid = _own_uid(question)
        if question.path["consumer"] != str(self._consumer.number):
            raise Refusal("UNKNOWN_SERVICE_CONSUMER", "No such service consumer.")
        self._access.revoke_all(uid)
        return xml(response(code="ServiceConsumerRevoked"))


def _own_uid(question: Question) -> str:
    uid = question.path["uid"]
    if question.employee is None or question.employee.uid != uid:
        raise Refusal("ACCESS_DENIED", "Not the user of this token.")
    return uid
