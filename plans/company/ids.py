"""What the company's people and things are called in files and records.

In: nothing. Out: names for kinds of ids, all plain text of small letters, digits and underscores.
Forbidden here: everything else, so that anybody can import it.
"""

PersonId = str
RoleId = str
RegionId = str
DepartmentId = str
GroupId = str
ContactId = str
CustomerId = str
GoodsId = str
