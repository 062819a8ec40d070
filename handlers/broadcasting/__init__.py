"""Broadcasting: one wording to many. In: commands and presses of whoever sends, and of whoever
reads. Out: messages at a pace that leaves room for what is urgent. Forbidden here: choosing an
audience that the sender may not reach."""
