"""Who is who: persons and their dated identifiers, households, schools, school enrolment, registers."""
