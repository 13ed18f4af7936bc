"""The few numbers and names that more than one decision shares. Imports nothing."""

MOST_RINGS = 20  # an unanswered reminder rings so often, then gives up
MESSAGE_TRIES = 5  # a channel is tried so often, then the next one
MOST_LOOK_UPS = 20  # a message whose senders died is looked up so often, then it takes no more of them with it
TERMINAL = "terminal"  # the last channel of every message
COUNTED = "X-ASK-AFTER-DONE"  # in a rule: the next slot is counted from completion
BOUND = "bound"  # among the inputs of a schedule: to which event of a calendar its time is bound
